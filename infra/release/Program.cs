using SessionGuard.Release;

if (args is not [var published, var packages, var bill, var notices])
{
    await Console.Error.WriteLineAsync("usage: PUBLISHED-FOLDER PACKAGE-FOLDER BILL.json NOTICES.txt");
    return 1;
}

var release = ShippedPackages.Read(published, packages);
await File.WriteAllTextAsync(bill, BillOfMaterials.Write(release));
await File.WriteAllTextAsync(notices, Notices.Write(release));
await Console.Error.WriteLineAsync($"{release.Packages.Count} packages in {release.Name} {release.Version}.");
return 0;
