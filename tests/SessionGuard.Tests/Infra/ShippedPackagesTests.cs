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
    public void The_bill_of_materials_lists_each_package_with_its_hash_and_what_it_uses()
    {
        using var bill = JsonDocument.Parse(BillOfMaterials.Write(Built));
        var components = bill.RootElement.GetProperty("components").EnumerateArray().ToList();
        var polly = Assert.Single(components, c => c.GetProperty("name").GetString() == "Polly");
        var references = components.Select(c => c.GetProperty("bom-ref").GetString()!).ToHashSet();
        var dependencies = bill.RootElement.GetProperty("dependencies").EnumerateArray().ToList();

        Assert.Matches(@"^pkg:nuget/Polly@\d+\.\d+\.\d+$", polly.GetProperty("purl").GetString());
        Assert.Matches("^[0-9a-f]{128}$", polly.GetProperty("hashes")[0].GetProperty("content").GetString());
        Assert.Equal("BSD-3-Clause", polly.GetProperty("licenses")[0].GetProperty("expression").GetString());
        Assert.Equal(components.Count, references.Count);
        Assert.Equal(components.Count + 1, dependencies.Count);
        Assert.Contains(polly.GetProperty("bom-ref").GetString(), dependencies[0].GetProperty("dependsOn").EnumerateArray().Select(d => d.GetString()));
        Assert.Empty(dependencies.SelectMany(d => d.GetProperty("dependsOn").EnumerateArray().Select(on => on.GetString()!)).Except(references));
    }

    [Fact]
    public void The_bill_names_no_package_that_only_the_build_needs() =>
        Assert.DoesNotContain(Built.Packages, p => p.Name.Contains("Analyzers", StringComparison.Ordinal));

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

    [Theory]
    [InlineData("MIT OR GPL-3.0-only")]
    [InlineData("LGPL-3.0-or-later")]
    public void A_licence_that_nobody_has_looked_at_stops_the_release(string licence)
    {
        var strange = new ShippedPackage("Strange/1.0.0", "Strange", "1.0.0", "00", licence, "Somebody", [], []);

        var stop = Assert.Throws<InvalidDataException>(() => Notices.Write(Built with { Packages = [strange] }));

        Assert.Contains(licence, stop.Message, StringComparison.Ordinal);
    }
}
