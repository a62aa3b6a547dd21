using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Sessions;

/// <summary>A meeting's settings as Zoom answered them, kept each time they differ from the last.</summary>
internal sealed class SettingsSnapshot : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid MeetingId { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public required MeetingSettings Settings { get; init; }
}

internal sealed class SettingsSnapshotConfiguration : IEntityTypeConfiguration<SettingsSnapshot>
{
    public void Configure(EntityTypeBuilder<SettingsSnapshot> builder)
    {
        builder.ToTable("settings_snapshots");
        builder.ComplexProperty(s => s.Settings, settings => settings.ToJson());
        builder.HasIndex(s => new { s.MeetingId, s.TakenAt });
        builder.HasOne<Meeting>().WithMany().HasForeignKey(s => s.MeetingId).OnDelete(DeleteBehavior.Restrict);
    }
}
