using System.Globalization;
using System.Text;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>The fields of Zoom's bodies that are never kept, documented or seen in the wild.</summary>
internal static class RedactedNames
{
    private static readonly string[] Names =
    [
        // Who holds these can walk into a lesson, watch it or start it.
        "join_url", "start_url", "personal_meeting_url", "meeting_url", "invite_link", "password", "passcode", "encrypted_password",
        "encrypted_passcode", "h323_password", "h323_passcode", "pstn_password", "pstn_passcode", "host_key", "hostkey", "zak",
        "participant_pin_code", "stream_key", "stream_url",
        // Recordings and files.
        "download_token", "download_url", "play_url", "share_url", "recording_play_passcode", "file_link", "file_name",
        // What was said or written.
        "message_content", "comments", "summary_overview", "summary_content", "summary_details", "edited_summary", "next_steps",
        "summary_doc_url",
        // Where somebody is, and on what device.
        "public_ip", "private_ip", "ip_address", "internal_ip_addresses", "mac_addr", "harddisk_id", "pc_name", "location", "microphone", "speaker",
        "camera", "address", "city", "zip",
    ];

    private static readonly int Longest = Names.Max(n => n.Length);
    private static readonly byte[][][] ByLength =
        [.. Enumerable.Range(0, Longest + 1).Select(length => Names.Where(n => n.Length == length).Select(Encoding.ASCII.GetBytes).ToArray())];

    /// <summary>Where the text ends that starts at <paramref name="start"/>, one past its closing quotation mark, when it is one of the names; else -1.</summary>
    public static int Match(ReadOnlySpan<byte> body, int start)
    {
        Span<byte> name = stackalloc byte[Longest];
        var (at, length) = (start, 0);
        while (at < body.Length && body[at] != (byte)'"')
        {
            if (length == Longest || !TryTakeLetter(body, ref at, out name[length++]))
            {
                return -1;
            }
        }

        return at < body.Length && IsName(name[..length]) ? at + 1 : -1;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var candidate in ByLength[name.Length])
        {
            if (Ascii.EqualsIgnoreCase(candidate, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Plain, or as <c>\u005f</c>. No name needs any other escape.</summary>
    private static bool TryTakeLetter(ReadOnlySpan<byte> body, ref int at, out byte letter)
    {
        letter = body[at++];
        if (letter != (byte)'\\')
        {
            return letter < 0x80;
        }

        const int Digits = 4;
        if (at + Digits < body.Length && body[at] == (byte)'u'
            && byte.TryParse(body.Slice(at + 1, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out letter))
        {
            at += 1 + Digits;
            return true;
        }

        return false;
    }
}
