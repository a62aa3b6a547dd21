using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace SessionGuard.BrowserTests;

/// <summary>
/// Axe's rules on a page. The library's own runner opens a second page for each run, for frames of other origins; ours have none, and this
/// takes a fraction of the time.
/// </summary>
internal static class Axe
{
    public static readonly string[] Everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private const string Run = """
        async ([type, values]) => (await axe.run(document, { runOnly: { type, values }, resultTypes: ['violations'] }))
            .violations.map(v => `${v.id} at ${v.nodes.map(n => n.target).join(', ')}`)
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <returns>What is wrong, with where it is; nothing when all is well.</returns>
    public static Task<string[]> CheckAsync(IPage page) => RunAsync(page, "tag", Everything);

    /// <summary>For a page that was checked: what other colours can change.</summary>
    public static Task<string[]> CheckColoursAsync(IPage page) => RunAsync(page, "rule", ["color-contrast"]);

    private static async Task<string[]> RunAsync(IPage page, string type, string[] values)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(Run, new object[] { type, values });
    }
}
