using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Keys;

/// <param name="IsWord">Sealed into a word by hand; otherwise into bytes by the model.</param>
/// <param name="Index">The blind index of its value; null for most.</param>
internal sealed record SealedColumn(string Name, bool IsWord, string? Index, string? Kind);

/// <summary>A table with sealed columns, in the words of both engines.</summary>
internal sealed record SealedTable(string Name, string Key, IReadOnlyList<SealedColumn> Columns)
{
    /// <summary>True for a row with something that does not begin as what is sealed now does.</summary>
    public string IsOlder => string.Join(" OR ", Columns.Select(c => c.IsWord
        ? $"substr(\"{c.Name}\", 1, {Sealing.HeaderLetters}) <> @word"
        : $"substr(\"{c.Name}\", 1, {Sealing.HeaderBytes}) <> @bytes"));

    public static IEnumerable<SealedTable> In(IModel model) =>
        from entity in model.GetEntityTypes()
        let columns = entity.GetDeclaredProperties().Where(IsSealed).Select(p => GetColumn(entity, p)).ToList()
        where columns.Count > 0
        select new SealedTable(entity.GetTableName()!, entity.FindPrimaryKey()!.Properties.Single().GetColumnName(), columns);

    public string Selected => string.Join(", ", Columns.Select(c => $"\"{c.Name}\"").Prepend($"\"{Key}\""));

    private static bool IsSealed(IProperty property) =>
        property.FindAnnotation(PersonalAttribute.Annotation) is not null || property.FindAnnotation(SealedAttribute.Annotation) is not null;

    private static SealedColumn GetColumn(IEntityType entity, IProperty property)
    {
        var index = BlindIndexAttribute.In(entity.ClrType).FirstOrDefault(i => i.Value.Name == property.Name);
        return new SealedColumn(
            property.GetColumnName(),
            property.FindAnnotation(SealedAttribute.Annotation) is not null,
            index is null ? null : entity.FindProperty(index.Index.Name)!.GetColumnName(),
            index?.Kind);
    }
}
