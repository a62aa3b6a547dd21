using System.Security.Cryptography;
using System.Text;
using SessionGuard.Platform.Security;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Checking;

/// <summary>
/// Marks a passcode so that a change of it can be seen without keeping it: a keyed hash, bound to the meeting. The key is outside the
/// database, since passcodes are short enough to be tried one by one.
/// </summary>
internal sealed class PasscodeMarks(MasterKey master)
{
    private readonly Lazy<byte[]> _key = new(() => master.Derive("passcode-marks"));

    public string ComputeMark(long zoomMeetingId, Secret? passcode) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{zoomMeetingId}:{passcode?.Reveal()}")));
}
