using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Answers;

internal enum AnswerKind
{
    /// <summary>The carer will be there.</summary>
    Present,

    /// <summary>Somebody else will; <see cref="Answer.OtherAdult"/> says who.</summary>
    AnotherAdult,

    /// <summary>The child does not come.</summary>
    CannotCome,
}

internal enum AnswerSource
{
    /// <summary>Pressed on the carer's own page.</summary>
    Page,

    /// <summary>Pressed within a minute of sending by something that looks like a mail scanner: it settles nothing.</summary>
    UnsurePress,

    /// <summary>Told by telephone and written down by staff.</summary>
    Phone,
}

/// <summary>What a carer said about one child and one session. Never changed: the newest that was not taken back counts.</summary>
internal sealed class Answer : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SessionId { get; init; }

    /// <summary>The session's time version that was on the page. An answer to another version is history.</summary>
    public required int TimeVersion { get; init; }

    /// <summary>When the class began by that version, for "it was …, it is now …"; null where nobody wrote it down.</summary>
    public DateTimeOffset? SessionStart { get; init; }

    public required Guid ChildId { get; init; }

    public required Guid CarerId { get; init; }

    public required AnswerKind Kind { get; init; }

    /// <summary>As the carer wrote it, such as "Gran".</summary>
    [Personal]
    public string? OtherAdult { get; init; }

    public required AnswerSource Source { get; init; }

    /// <summary>The member of staff who wrote a phone answer down; null otherwise.</summary>
    public Guid? RecordedBy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it was taken back; null while it stands.</summary>
    public DateTimeOffset? UndoneAt { get; set; }
}

internal sealed class AnswerConfiguration : IEntityTypeConfiguration<Answer>
{
    public void Configure(EntityTypeBuilder<Answer> builder)
    {
        builder.ToTable("answers");
        builder.HasIndex(a => new { a.SessionId, a.ChildId, a.At });
        builder.HasOne<Session>().WithMany().HasForeignKey(a => a.SessionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.ChildId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.CarerId).OnDelete(DeleteBehavior.Restrict);
    }
}
