using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Answers;

/// <summary>"I am with Maya now", pressed on the join page. A person's word, never proof.</summary>
internal sealed class CheckIn : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SessionId { get; init; }

    public required Guid ChildId { get; init; }

    public required Guid CarerId { get; init; }

    /// <summary>The child whose seat the device joined by, when several children share one screen; the child itself otherwise.</summary>
    public required Guid OnSeatOfChildId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class CheckInConfiguration : IEntityTypeConfiguration<CheckIn>
{
    public void Configure(EntityTypeBuilder<CheckIn> builder)
    {
        builder.ToTable("check_ins");
        builder.HasIndex(c => new { c.SessionId, c.ChildId, c.At });
        builder.HasOne<Session>().WithMany().HasForeignKey(c => c.SessionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.ChildId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.CarerId).OnDelete(DeleteBehavior.Restrict);
    }
}
