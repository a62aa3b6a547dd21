using System.ComponentModel.DataAnnotations;

namespace SessionGuard.School.Organisations;

/// <summary>An organisation written into the configuration; created or brought up to date at each start.</summary>
internal sealed class OrganisationOptions
{
    /// <summary>Lower-case letters, digits and hyphens; part of the webhook address.</summary>
    [Required, RegularExpression("^[a-z0-9][a-z0-9-]{0,39}$")]
    public string Slug { get; init; } = "";

    [Required, StringLength(120)]
    public string Name { get; init; } = "";

    /// <summary>IANA time zone name. Default <c>Europe/London</c>.</summary>
    [Required]
    public string TimeZone { get; init; } = "Europe/London";

    public ZoomSecrets? Zoom { get; init; }

    public LeadOptions? Lead { get; init; }

    /// <summary>The Server-to-Server OAuth app of the school's Zoom account.</summary>
    internal sealed class ZoomSecrets
    {
        [Required]
        public string AccountId { get; init; } = "";

        [Required]
        public string ClientId { get; init; } = "";

        [Required]
        public string ClientSecret { get; init; } = "";

        /// <summary>Zoom's "Secret Token" of the event subscription.</summary>
        [Required]
        public string WebhookSecret { get; init; } = "";

        /// <summary>The secret before a rotation; remove it when Zoom signs with the new one.</summary>
        public string? PreviousWebhookSecret { get; init; }
    }

    /// <summary>The designated safeguarding lead.</summary>
    internal sealed class LeadOptions
    {
        [Required]
        public string Name { get; init; } = "";

        [Required, EmailAddress]
        public string Email { get; init; } = "";

        public string? Phone { get; init; }
    }
}
