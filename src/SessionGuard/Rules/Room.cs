namespace SessionGuard.Rules;

internal enum RoomKind
{
    Main,

    /// <summary>At the door: seen by nobody but the teacher.</summary>
    Waiting,

    Breakout,
}

/// <summary>Where in a meeting somebody is. People in different rooms do not see each other.</summary>
/// <param name="Id">Zoom's id of a breakout room; null for the others.</param>
internal readonly record struct Room(RoomKind Kind, string? Id = null)
{
    public static readonly Room Main = new(RoomKind.Main);

    public static readonly Room Waiting = new(RoomKind.Waiting);

    public static Room Breakout(string? id) => new(RoomKind.Breakout, id ?? "");
}
