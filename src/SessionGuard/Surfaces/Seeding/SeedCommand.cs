using System.CommandLine;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Surfaces.Commands;

namespace SessionGuard.Surfaces.Seeding;

/// <summary><c>seed</c>: enters staff, families, classes and places from a file.</summary>
internal static class SeedCommand
{
    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var file = new Argument<string>("FILE") { Description = "JSON with staff, children, adultStudents and series; see infra/examples/school.json." };
        var organisation = new Option<string?>("--organisation") { Description = "The school's slug; may be left out where there is one school." };
        var seed = new Command("seed", "Enters staff, families, classes and places from a file; run again, nothing twice.") { file, organisation };
        seed.SetAction((parse, cancellation) => OneOff.RunAsync(
            build,
            parse,
            (services, token) => SeedAsync(services, parse.GetRequiredValue(file), parse.GetValue(organisation), token),
            cancellation));
        return seed;
    }

    private static async Task<int> SeedAsync(IServiceProvider services, string path, string? slug, CancellationToken cancellation)
    {
        var file = SeedFile.Read(path);
        await services.OpenDatabaseAsync(cancellation);
        var school = slug is not null ? services.Organisation(slug) : OnlyOne(services.GetRequiredService<OrganisationDirectory>());
        var faults = new ValidationErrors();
        var seeded = await services.GetRequiredService<SeedSchool>().HandleAsync(school, file, faults, cancellation);
        if (seeded is null)
        {
            foreach (var (at, sentence) in faults.All)
            {
                await Console.Error.WriteLineAsync($"{at}: {sentence}");
            }

            await Console.Error.WriteLineAsync("Nothing was written.");
            return 1;
        }

        Console.WriteLine($"{school.Slug}: {seeded.Added} added.");
        if (seeded.Stopped is { } stopped)
        {
            await Console.Error.WriteLineAsync($"{stopped}{Environment.NewLine}What came before it is kept. Run the same again later: nothing is entered twice.");
            return 1;
        }

        return 0;
    }

    private static KnownOrganisation OnlyOne(OrganisationDirectory directory) =>
        directory.All is { Count: 1 } all ? all.Single() : throw new StartException("Say which school with --organisation: there is not exactly one.");
}
