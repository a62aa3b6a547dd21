using System.ComponentModel.DataAnnotations;

namespace SessionGuard.Platform.Retention;

/// <summary>How long each kind of record is kept. All are counted in days; what is held, and what a stored flag rests on, is kept longer.</summary>
internal sealed class RetentionOptions
{
    private const string Most = "36500.00:00:00";

    /// <summary>Deliveries as Zoom sent them, those set aside too, from their arrival. 2 days to 100 years; default 30 days.</summary>
    /// <remarks>Not less than 2 days: a repeat is known by the stored one, and Zoom:SignatureTolerance may be a day.</remarks>
    [Range(typeof(TimeSpan), "2.00:00:00", Most)]
    public TimeSpan Deliveries { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Who came and went, from the end of the class. 90 days to 100 years; default 3 years.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", Most)]
    public TimeSpan Attendance { get; init; } = TimeSpan.FromDays(1096);

    /// <summary>What families answered, their check-ins, what teachers attested, who was asked, from the end of the class. 90 days to 100 years; default 1 year.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", Most)]
    public TimeSpan Answers { get; init; } = TimeSpan.FromDays(366);

    /// <summary>What each rule said, from the end of the class. 90 days to 100 years; default 1 year.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", Most)]
    public TimeSpan RuleResults { get; init; } = TimeSpan.FromDays(366);

    /// <summary>Flags in which nothing was found, from the decision. 30 days to 100 years; default 1 year.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", Most)]
    public TimeSpan DismissedFlags { get; init; } = TimeSpan.FromDays(366);

    /// <summary>Flags that were dealt with or accepted, from the decision. 30 days to 100 years; default 3 years.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", Most)]
    public TimeSpan SettledFlags { get; init; } = TimeSpan.FromDays(1096);

    /// <summary>Address and text of mails that left or failed. The row stays, and says only what it was for. 1 day to 100 years; default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", Most)]
    public TimeSpan MailTexts { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Sign-in links, from the end of their validity. 1 day to 100 years; default 7 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", Most)]
    public TimeSpan SignInLinks { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What a meeting's settings once were; the settings in force stay. 90 days to 100 years; default 1 year.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", Most)]
    public TimeSpan Settings { get; init; } = TimeSpan.FromDays(366);

    /// <summary>Counters of the jobs, such as a day's changes in Zoom. 2 days to 100 years; default 30 days.</summary>
    [Range(typeof(TimeSpan), "2.00:00:00", Most)]
    public TimeSpan JobRecords { get; init; } = TimeSpan.FromDays(30);
}
