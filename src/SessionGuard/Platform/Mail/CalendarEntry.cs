namespace SessionGuard.Platform.Mail;

/// <summary>One date for a reader's calendar. No child's name in it: calendars are shared and shown on screens.</summary>
/// <remarks>Public because <see cref="Letter"/> is.</remarks>
/// <param name="Id">The same for every mail about the date, so that a later one replaces an earlier.</param>
/// <param name="Sequence">0 at first; steps when the date moves.</param>
/// <param name="Address">What the reader opens from the entry.</param>
public sealed record CalendarEntry(Guid Id, int Sequence, DateTimeOffset Start, DateTimeOffset End, string Summary, string Description, Uri Address);
