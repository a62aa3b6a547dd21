using SessionGuard.Release;

if (args is not [var list, var packages, var bill, var notices])
{
    await Console.Error.WriteLineAsync("usage: PROGRAM.deps.json PACKAGE-FOLDER BILL.json NOTICES.txt");
    return 1;
}

var release = ShippedPackages.Read(list, packages);
await File.WriteAllTextAsync(bill, BillOfMaterials.Write(release));
await File.WriteAllTextAsync(notices, Notices.Write(release));
await Console.Error.WriteLineAsync($"{release.Packages.Count} packages in {release.Name} {release.Version}.");
return 0;
