namespace SessionGuard.Platform.Storage.Rows;

/// <summary>
/// Marks a column that tells something about a person: a name, an address, a phone number, a note, a raw body. It is stored sealed; the
/// database can neither compare nor sort it.
/// Encryption, export, erasure and the search for leaks find their columns by this mark alone.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PersonalAttribute : Attribute
{
    /// <summary>The name of the model annotation that the mark becomes.</summary>
    public const string Annotation = "SessionGuard:Personal";
}
