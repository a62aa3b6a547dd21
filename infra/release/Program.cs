using SessionGuard.Release;

if (args is not [var list, var packages, var bill, var notices])
{
    await Console.Error.WriteLineAsync("usage: PROGRAM.deps.json PACKAGE-FOLDER BILL.json NOTICES.txt");
    return 1;
}

var release = ShippedPackages.Read(list, packages);
if (BillCheck.Missing(await File.ReadAllTextAsync(bill), release) is { Count: > 0 } missing)
{
    await Console.Error.WriteLineAsync($"The bill of materials does not have {string.Join(", ", missing)}, which the release carries.");
    return 1;
}

await File.WriteAllTextAsync(notices, Notices.Write(release));
await Console.Error.WriteLineAsync($"{release.Packages.Count} packages in {release.Name} {release.Version}.");
return 0;
