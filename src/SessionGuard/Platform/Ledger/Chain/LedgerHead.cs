using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>The end of an organisation's chain. Its row is locked while an entry is appended, so the chain cannot fork.</summary>
internal sealed class LedgerHead : IOwned
{
    public required Guid OrganisationId { get; init; }

    public required long Sequence { get; set; }

    public required byte[] Hash { get; set; }
}

internal sealed class LedgerHeadConfiguration : IEntityTypeConfiguration<LedgerHead>
{
    public void Configure(EntityTypeBuilder<LedgerHead> builder)
    {
        builder.ToTable("ledger_heads");
        builder.HasKey(h => h.OrganisationId);
    }
}
