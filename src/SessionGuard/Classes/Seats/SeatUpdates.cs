using Microsoft.EntityFrameworkCore.Query;

namespace SessionGuard.Classes.Seats;

internal static class SeatUpdates
{
    /// <summary>The link opens nothing from now on, and <see cref="ProvideSeatsJob"/> has something to do for the seat.</summary>
    public static UpdateSettersBuilder<Seat> WithoutLink(this UpdateSettersBuilder<Seat> set, SeatState state, DateTimeOffset now) => set
        .SetProperty(s => s.State, state)
        .SetProperty(s => s.SealedLink, (string?)null)
        .SetProperty(s => s.SealedPhonePin, (string?)null)
        .SetProperty(s => s.DueAt, now)
        .SetProperty(s => s.Failures, 0)
        .SetProperty(s => s.Version, s => s.Version + 1);
}
