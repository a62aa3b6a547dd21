using SessionGuard.Platform.Security;

namespace SessionGuard.Platform.Storage.Rows;

/// <summary>
/// Marks a column whose values are sealed by hand with <see cref="Security.SecretBox"/>, so that they are opened only where they are needed.
/// A rotation seals them anew.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SealedAttribute : Attribute
{
    /// <summary>The name of the model annotation that the mark becomes.</summary>
    public const string Annotation = "SessionGuard:Sealed";
}
