using System.Globalization;

namespace SessionGuard.Zoom.Client.Wire;

/// <summary>The body of a create or an update. Null is not sent.</summary>
internal sealed class MeetingWishWire
{
    private const int Scheduled = 2;
    private const int Recurring = 8;
    private const int Weekly = 2;

    public string? Topic { get; init; }

    public int? Type { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? Password { get; init; }

    public RecurrenceWire? Recurrence { get; init; }

    public WishedSettingsWire? Settings { get; init; }

    public static MeetingWishWire From(NewMeeting wish) => new()
    {
        Topic = wish.Topic,
        Type = wish.Repeat is null ? Scheduled : Recurring,
        StartTime = wish.Start,
        Duration = wish.DurationMinutes,
        Timezone = wish.TimeZone,
        Password = wish.Passcode?.Reveal(),
        Recurrence = wish.Repeat is { } repeat ? RecurrenceWire.From(repeat) : null,
        Settings = WishedSettingsWire.From(wish),
    };

    public static MeetingWishWire From(MeetingPatch patch) => new()
    {
        Topic = patch.Topic,
        StartTime = patch.Start,
        Duration = patch.DurationMinutes,
        Password = patch.Passcode?.Reveal(),
        Settings = WishedSettingsWire.From(patch),
    };

    internal sealed record RecurrenceWire(int Type, int RepeatInterval, string WeeklyDays, int EndTimes)
    {
        /// <summary>Zoom counts the days of the week from 1, Sunday.</summary>
        public static RecurrenceWire From(WeeklyRepeat repeat) => new(
            Weekly, 1, string.Join(',', repeat.Days.Select(d => ((int)d + 1).ToString(CultureInfo.InvariantCulture))), repeat.Times);
    }

    internal sealed record WishedSettingsWire
    {
        private static readonly WishedSettingsWire Nothing = new();

        public bool? WaitingRoom { get; init; }

        public bool? JoinBeforeHost { get; init; }

        public bool? UsePmi { get; init; }

        public bool? MeetingAuthentication { get; init; }

        public int? ApprovalType { get; init; }

        public bool? RegistrantsConfirmationEmail { get; init; }

        public bool? RegistrantsEmailNotification { get; init; }

        public string? AutoRecording { get; init; }

        public string? AlternativeHosts { get; init; }

        /// <summary>Null when there is nothing to set: an empty object is a change to Zoom.</summary>
        public static WishedSettingsWire? From(MeetingChoices choices)
        {
            var settings = new WishedSettingsWire
            {
                WaitingRoom = choices.WaitingRoom,
                JoinBeforeHost = choices.JoinBeforeHost,
                UsePmi = choices.UsePmi,
                MeetingAuthentication = choices.MeetingAuthentication,
                ApprovalType = (int?)choices.Approval,
                RegistrantsConfirmationEmail = choices.RegistrantMails,
                RegistrantsEmailNotification = choices.RegistrantMails,
                AutoRecording = choices.AutoRecording,
                AlternativeHosts = choices.AlternativeHosts is { } hosts ? string.Join(';', hosts) : null,
            };
            return settings == Nothing ? null : settings;
        }
    }
}

/// <summary>The body that ends a meeting.</summary>
internal sealed record StatusWire(string Action);
