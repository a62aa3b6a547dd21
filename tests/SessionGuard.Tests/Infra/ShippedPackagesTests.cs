using System.Text.Json;
using SessionGuard.Release;

namespace SessionGuard.Tests.Infra;

/// <summary>A package that must not be shipped, or not without its text, is found with the change that brings it and not at the release.</summary>
public sealed class ShippedPackagesTests
{
    private static readonly string Packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static readonly ShippedRelease Built = ShippedPackages.Read(Path.Combine(AppContext.BaseDirectory, "sessionguard.deps.json"), Packages);

    [Fact]
    public void A_bill_of_materials_without_a_shipped_package_or_with_another_file_of_it_is_found_out()
    {
        var shipped = Built.Packages.Select(p => (p.Name, p.Version, Hash: p.Sha512.ToUpperInvariant())).ToList();
        var last = Built.Packages[^1];

        Assert.NotEmpty(shipped);
        Assert.Empty(BillCheck.Missing(BillOf([.. shipped, ("Replaced.By.The.Framework", "1.0.0", "00")]), Built));
        Assert.Equal([last.Id], BillCheck.Missing(BillOf(shipped[..^1]), Built));
        Assert.Equal([last.Id], BillCheck.Missing(BillOf([.. shipped[..^1], (last.Name, last.Version, "00")]), Built));
        Assert.Equal([last.Id], BillCheck.Missing(BillOf([.. shipped[..^1], (last.Name, "0.0.1", last.Sha512)]), Built));
    }

    [Fact]
    public void Nothing_is_shipped_that_only_the_build_needs() =>
        Assert.DoesNotContain(Built.Packages, p => p.Name.Contains("Analyzers", StringComparison.Ordinal) || p.Name.EndsWith(".Design", StringComparison.Ordinal));

    [Fact]
    public void The_notices_have_the_text_of_every_licence_there_is()
    {
        var notices = Notices.Write(Built);

        Assert.All(Built.Packages, p => Assert.Contains($"\n{p.Name} {p.Version}\n", notices, StringComparison.Ordinal));
        Assert.Contains("Permission is hereby granted, free of charge", notices, StringComparison.Ordinal);
        Assert.Contains("Redistributions in binary form must reproduce", notices, StringComparison.Ordinal);
        Assert.Contains("GNU LESSER GENERAL PUBLIC LICENSE", notices, StringComparison.Ordinal);
        Assert.Contains("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION", notices, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notices_have_both_GNU_texts_for_Hangfire_and_not_the_licence_it_sells()
    {
        var notices = Notices.Write(Built);

        Assert.Contains(Built.Packages, p => p.Name == "Hangfire.Core");
        Assert.Matches(@"GNU GENERAL PUBLIC LICENSE\s+Version 3, 29 June 2007", notices);
        Assert.Matches(@"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3, 29 June 2007", notices);
        Assert.Contains("can be replaced there by another build", notices, StringComparison.Ordinal);
        Assert.DoesNotContain("Standard End-user License Agreement", notices, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("MIT OR GPL-3.0-only")]
    [InlineData("LGPL-3.0-or-later")]
    public void A_licence_that_nobody_has_looked_at_stops_the_release(string licence)
    {
        var strange = new ShippedPackage("Strange/1.0.0", "Strange", "1.0.0", "00", licence, "Somebody", []);

        var stop = Assert.Throws<InvalidDataException>(() => Notices.Write(Built with { Packages = [strange] }));

        Assert.Contains(licence, stop.Message, StringComparison.Ordinal);
    }

    private static string BillOf(IEnumerable<(string Name, string Version, string Hash)> packages) => JsonSerializer.Serialize(new
    {
        components = packages.Select(p => new { name = p.Name, version = p.Version, hashes = new[] { new { alg = "SHA-512", content = p.Hash } } }),
    });
}
