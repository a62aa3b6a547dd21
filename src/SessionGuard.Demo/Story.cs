namespace SessionGuard.Demo;

/// <summary>A small play in which people use Zoom and the service does its work.</summary>
/// <param name="Name">The word for the command line, such as <c>passcode-removed</c>.</param>
/// <param name="Summary">One sentence for whoever chooses a story.</param>
/// <param name="PlayAsync">Says what happens, lets it happen, and holds what the service did against what it should have done.</param>
internal sealed record Story(string Name, string Title, string Summary, Func<Stage, CancellationToken, Task> PlayAsync);
