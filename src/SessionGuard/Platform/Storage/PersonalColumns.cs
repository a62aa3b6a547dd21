using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// Carries each mark into the model, and has what is <see cref="PersonalAttribute"/> stored as an envelope: bytes without a limit of their
/// own, whatever the property is.
/// </summary>
internal sealed class PersonalColumns(PersonalData personal) : IModelFinalizingConvention
{
    private readonly ValueConverter<string, byte[]> _text = new(text => personal.Seal(text), envelope => personal.OpenText(envelope));
    private readonly ValueConverter<byte[], byte[]> _bytes = new(bytes => personal.Seal(bytes), envelope => personal.Open(envelope));
    private readonly ValueConverter<DateOnly, byte[]> _day = new(
        day => personal.Seal(day.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        envelope => DateOnly.ParseExact(personal.OpenText(envelope), "O", System.Globalization.CultureInfo.InvariantCulture));

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var property in modelBuilder.Metadata.GetEntityTypes().SelectMany(type => type.GetDeclaredProperties()))
        {
            var isSealed = Has<SealedAttribute>(property);
            if (isSealed)
            {
                property.Builder.HasAnnotation(SealedAttribute.Annotation, true);
            }

            if (Has<PersonalAttribute>(property))
            {
                property.Builder.HasAnnotation(PersonalAttribute.Annotation, true);
                if (!isSealed)
                {
                    Seal(property);
                }
            }
        }
    }

    private static bool Has<T>(IConventionProperty property)
        where T : Attribute => property.PropertyInfo?.GetCustomAttribute<T>() is not null;

    private void Seal(IConventionProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type == typeof(byte[]))
        {
            property.Builder.HasValueComparer(new ArrayStructuralComparer<byte>());
        }

        ValueConverter converter = type == typeof(string) ? _text
            : type == typeof(byte[]) ? _bytes
            : type == typeof(DateOnly) ? _day
            : throw new NotSupportedException($"{property.DeclaringType.ClrType.Name}.{property.Name} is personal, and {type.Name} cannot be sealed yet.");
        property.Builder.HasConversion(converter);
    }
}
