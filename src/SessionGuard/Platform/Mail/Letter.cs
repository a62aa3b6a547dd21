namespace SessionGuard.Platform.Mail;

/// <summary>
/// What one person is told by mail, in plain words. Each piece is one paragraph and holds no markup. No child's name in
/// <see cref="Subject"/>, never a worry in it; only first names elsewhere.
/// </summary>
/// <remarks>Public because Razor makes the component that renders it public.</remarks>
public sealed record Letter
{
    public required Guid OrganisationId { get; init; }

    public required string SchoolName { get; init; }

    /// <summary>One bare address, such as <c>anna@example.org</c>.</summary>
    public required string To { get; init; }

    public required MailPurpose Purpose { get; init; }

    /// <summary>Set when only one mail of this kind may ever exist in the organisation. Null: no limit.</summary>
    public string? OnceKey { get; init; }

    public required string Subject { get; init; }

    /// <summary>The ask. It is all that many people read.</summary>
    public required string FirstLine { get; init; }

    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    public LetterButton? Button { get; init; }

    /// <summary>Goes along as a file that the reader's calendar opens. Null: none.</summary>
    public CalendarEntry? Calendar { get; init; }

    /// <summary>Where the reader stops mail of this kind; a press of their mail program's own button posts there. Null: it cannot be stopped.</summary>
    public Uri? StopAddress { get; init; }

    /// <summary>The id that the mail shall have, for whoever must know it before it is queued. Null: any.</summary>
    public Guid? MailId { get; init; }

    /// <summary>A whole sentence, such as "You get this because somebody asked for a link to sign in."</summary>
    public required string WhyYouGetThis { get; init; }

    /// <summary>Whom to ring or write to, as a whole sentence.</summary>
    public required string Contact { get; init; }
}

/// <param name="Address">An absolute address that starts with the configured <c>PublicUrl</c>.</param>
public sealed record LetterButton(string Text, Uri Address);
