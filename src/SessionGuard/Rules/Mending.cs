namespace SessionGuard.Rules;

/// <summary>How a missing setting is put right: by us, or by the teacher.</summary>
internal abstract record Mending
{
    private Mending()
    {
    }

    /// <summary>We ask Zoom to change one setting.</summary>
    public sealed record ByService : Mending
    {
        public required RepairableField Field { get; init; }

        /// <summary>The setting as a thing: "Waiting room".</summary>
        public required string Name { get; init; }

        /// <summary>What Zoom is asked to do: "switch the waiting room on".</summary>
        public required string Wish { get; init; }

        /// <summary>The settings as they should be, with this one put right and no other touched.</summary>
        public required Func<MeetingSettings, MeetingSettings> PutRight { get; init; }

        /// <summary>The setting before, in a word that is kept: <c>none</c>, <c>weak</c>, <c>on</c>, <c>off</c>.</summary>
        public required Func<MeetingSettings, string> Before { get; init; }

        /// <summary>The setting afterwards: <c>set</c>, <c>on</c>, <c>off</c>.</summary>
        public required string After { get; init; }

        /// <summary>What was done, as a sentence for the teacher, from the word of <see cref="Before"/>.</summary>
        public required Func<string, string> Done { get; init; }
    }

    /// <summary>Only the teacher can change it: one mail asks for it, with the rule's <see cref="Rule.TeachersToDo"/> as its first line.</summary>
    public sealed record ByTeacher : Mending
    {
        /// <summary>What the mail is known by, so that it is sent once for a meeting. It is kept: it never changes.</summary>
        public required string MailKey { get; init; }

        /// <summary>The end of the mail's subject: "please use a new meeting number".</summary>
        public required string Subject { get; init; }

        /// <summary>Why it matters, in a sentence or two.</summary>
        public required string Reason { get; init; }
    }
}
