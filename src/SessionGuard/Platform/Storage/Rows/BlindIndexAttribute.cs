using System.Collections.Concurrent;
using System.Reflection;
using SessionGuard.Platform.Security;

namespace SessionGuard.Platform.Storage.Rows;

/// <summary>
/// Marks the column by which a row is found although the value it is asked for is sealed. It is kept up to date with every save; ask with
/// <see cref="SessionGuardDb.ComputeIndexes"/>.
/// </summary>
/// <param name="kind">What the value is; see <see cref="PersonalData.IndexOf(string, string)"/>.</param>
/// <param name="of">The property with the value.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlindIndexAttribute(string kind, string of) : Attribute
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<BlindIndex>> Known = new();

    public string Kind => kind;

    public string Of => of;

    /// <returns>None for most types.</returns>
    public static IReadOnlyList<BlindIndex> In(Type entity) => Known.GetOrAdd(entity, static type =>
        [.. from index in type.GetProperties()
            let mark = index.GetCustomAttribute<BlindIndexAttribute>()
            where mark is not null
            select new BlindIndex(mark.Kind, index, type.GetProperty(mark.Of)!)]);
}

/// <param name="Index">The column that is looked in.</param>
/// <param name="Value">The sealed one.</param>
internal sealed record BlindIndex(string Kind, PropertyInfo Index, PropertyInfo Value)
{
    /// <summary>Mail addresses are the same without regard to capitals, as Zoom and mail servers take them.</summary>
    public const string MailAddress = "mail-address";

    /// <summary>A school's own number for a person.</summary>
    public const string Reference = "reference";

    /// <summary>The value as it is looked for.</summary>
    public static string Normalise(string kind, string value) => kind is MailAddress ? value.Trim().ToUpperInvariant() : value;

    public void Update(object entity, PersonalData personal) =>
        Index.SetValue(entity, Value.GetValue(entity) is string value ? personal.IndexOf(Kind, Normalise(Kind, value)) : null);
}
