using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>One fact that cannot be taken back. Each entry's hash covers the one before it.</summary>
internal sealed class LedgerEntry : IOwned
{
    public required Guid OrganisationId { get; init; }

    /// <summary>1, 2, 3 … within the organisation, without a gap.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it, as <see cref="LedgerName"/> says it: <c>service</c>, or <c>carer:</c> and an id.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, such as <c>repair.held</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, as <see cref="LedgerName"/> says it: <c>session:</c> and an id.</summary>
    public required string Subject { get; init; }

    /// <summary>JSON of ids, times and settings; never a name or an address, since nothing here can be erased.</summary>
    public required string Data { get; init; }

    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; set; }
}

internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("ledger_entries");
        builder.HasKey(e => new { e.OrganisationId, e.Sequence });
        builder.HasIndex(e => new { e.OrganisationId, e.Subject, e.Sequence });
    }
}
