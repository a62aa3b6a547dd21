using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace SessionGuard.Storage;

/// <summary>Carries each <see cref="PersonalAttribute"/> into the model.</summary>
internal sealed class PersonalColumns : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        var marked = modelBuilder.Metadata.GetEntityTypes()
            .SelectMany(type => type.GetDeclaredProperties())
            .Where(property => property.PropertyInfo?.GetCustomAttribute<PersonalAttribute>() is not null);
        foreach (var property in marked)
        {
            property.Builder.HasAnnotation(PersonalAttribute.Annotation, true);
        }
    }
}
