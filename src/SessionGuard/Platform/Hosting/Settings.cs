using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionGuard.Platform.Hosting;

/// <summary>A section of the configuration and the class that holds it. An empty path is the root.</summary>
internal sealed record SettingsSection(string Path, Type Options);

internal static class Settings
{
    /// <summary>
    /// Binds a section to <typeparamref name="TOptions"/>. A value against its annotations stops the start with a sentence that names
    /// the key; the framework's own check names only the class.
    /// </summary>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this WebApplicationBuilder builder, string section)
        where TOptions : class
    {
        builder.Services.AddSingleton(new SettingsSection(section, typeof(TOptions)));
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(new Check<TOptions>(section));
        return builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>What is wrong with <paramref name="options"/> and the classes within it, a sentence for each key.</summary>
    public static IEnumerable<string> Faults(string section, object options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        foreach (var fault in faults)
        {
            var key = Key(section, fault.MemberNames.FirstOrDefault() ?? "");
            yield return fault.ErrorMessage is { } told && told.StartsWith(key, StringComparison.Ordinal)
                ? told
                : $"{key} is missing or not usable: {fault.ErrorMessage}";
        }

        foreach (var property in options.GetType().GetProperties().Where(p => p.CanWrite))
        {
            var (key, value) = (Key(section, property.Name), property.GetValue(options));
            if (property.PropertyType.IsEnum && !Enum.IsDefined(property.PropertyType, value!))
            {
                yield return $"{key} is none of {string.Join(", ", Enum.GetNames(property.PropertyType))}.";
            }

            foreach (var fault in IsNested(property.PropertyType) && value is not null ? Faults(key, value) : [])
            {
                yield return fault;
            }
        }
    }

    /// <summary>True for a class of ours that holds further settings.</summary>
    public static bool IsNested(Type type) => type.IsClass && type.Assembly == typeof(Settings).Assembly;

    public static string Key(string section, string name) => section.Length == 0 || name.Length == 0 ? section + name : $"{section}:{name}";

    private sealed class Check<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var faults = Faults(section, options).ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
