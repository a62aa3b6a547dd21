using System.Reflection;
using SessionGuard.Platform.Storage;
using Xunit.Sdk;
using Xunit.v3;

namespace SessionGuard.Tests.Testing;

/// <summary>Runs a theory once on SQLite and once on PostgreSQL; it receives the engine as its argument.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnEachEngineAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [new TheoryDataRow(StorageEngine.Sqlite), new TheoryDataRow(StorageEngine.PostgreSql)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
