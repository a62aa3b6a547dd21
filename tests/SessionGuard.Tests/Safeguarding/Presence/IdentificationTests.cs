using SessionGuard.Rules;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Tests.Safeguarding.Presence;

public sealed class IdentificationTests
{
    private static readonly DateTimeOffset Five = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);
    private static readonly KnownSeat Maya = Seat("Maya", "Maya J");
    private static readonly KnownSeat Leo = Seat("Leo", "Leo");

    [Fact]
    public void A_seats_own_link_says_who_it_is_whatever_the_screen_says()
    {
        var who = Identification.Identify(Guest("iPad von Oma") with { RegistrantId = Maya.RegistrantIds.First() }, "key", People());
        Assert.Equal((SeatKind.Child, Certainty.Likely, Maya.Id, Maya.PersonId), (who.Kind, who.Certainty, who.SeatId, who.PersonId));
    }

    [Fact]
    public void A_link_that_was_replaced_still_says_whose_seat_it_was()
    {
        var who = Identification.Identify(Guest("Maya J") with { RegistrantId = "former-Maya J" }, "key", People());
        Assert.Equal((SeatKind.Child, Certainty.Likely, Maya.Id), (who.Kind, who.Certainty, who.SeatId));
    }

    [Fact]
    public void The_host_and_other_staff_are_known_by_their_Zoom_account()
    {
        Assert.Equal(new Identity(SeatKind.Staff, Certainty.Likely), Identification.Identify(Guest("Alex") with { ZoomUserId = "host" }, "key", People()));
        Assert.Equal(Identity.Unknown, Identification.Identify(Guest("Alex") with { ZoomUserId = "somebody" }, "key", People()));
    }

    [Fact]
    public void A_name_a_teacher_has_decided_on_is_remembered_and_stays_unsure()
    {
        var who = Identification.Identify(Guest("Gran's tablet"), "grans", People(Match("grans", Leo.Id, SeatKind.Child)));
        Assert.Equal((SeatKind.Child, Certainty.Unsure, Leo.Id, true), (who.Kind, who.Certainty, who.SeatId, who.IsRemembered));
    }

    [Fact]
    public void A_Zoom_account_a_teacher_has_decided_on_is_likely()
    {
        var who = Identification.Identify(Guest("Mr Birch") with { ZoomUserId = "birch" }, "birch", People(Match("birch", null, SeatKind.Staff)));
        Assert.Equal((SeatKind.Staff, Certainty.Likely, true), (who.Kind, who.Certainty, who.IsRemembered));
    }

    [Theory]
    [InlineData("the first name", "maya", "Maya")]
    [InlineData("the first name with another", "Maya Jones", "Maya")]
    [InlineData("the name on screen", "MAYA  J", "Maya")]
    [InlineData("with an invisible mark in it", "Ma\u200bya", "Maya")]
    [InlineData("in wide letters", "\uff2d\uff41\uff59\uff41", "Maya")]
    [InlineData("almost the name", "Maja", null)]
    [InlineData("part of the name", "May", null)]
    [InlineData("nothing", " ", null)]
    public void A_name_only_suggests(string because, string name, string? suggested)
    {
        var who = Assert.Single(Identification.Suggest([(Guest(name), Identity.Unknown)], People()));
        Assert.False(who.IsKnown);
        Assert.True((suggested is null ? null : Maya.Id) == who.SuggestedSeatId, because);
    }

    [Fact]
    public void Two_seats_with_one_name_suggest_nothing()
    {
        var people = People() with { Seats = [Maya, Seat("Maya", "Maya K")] };
        Assert.Null(Identification.Suggest([(Guest("Maya"), Identity.Unknown)], people)[0].SuggestedSeatId);
        Assert.Equal(Maya.Id, Identification.Suggest([(Guest("Maya J"), Identity.Unknown)], people with { Seats = [Maya, Seat("Mia", "Maya K")] })[0].SuggestedSeatId);
    }

    [Fact]
    public void A_seat_in_use_at_the_same_time_is_not_suggested_and_afterwards_it_is()
    {
        var seated = Guest("Maya J") with { RegistrantId = Maya.RegistrantIds.First(), Leave = Five.AddMinutes(10) };
        var who = Identification.Identify(seated, null, People());
        Assert.Null(Identification.Suggest([(seated, who), (Guest("Maya") with { Join = Five.AddMinutes(9) }, Identity.Unknown)], People())[1].SuggestedSeatId);
        Assert.Equal(
            Maya.Id, Identification.Suggest([(seated, who), (Guest("Maya") with { Join = Five.AddMinutes(10) }, Identity.Unknown)], People())[1].SuggestedSeatId);
    }

    [Theory]
    [InlineData("Poppy R", "  poppy\tr ")]
    [InlineData("Zo\u00eb", "Zoe\u0308")]
    [InlineData("Poppy", "\u202ePoppy\u202c")]
    public void What_looks_the_same_is_the_same(string one, string other) => Assert.Equal(ScreenIdentity.Normalise(one), ScreenIdentity.Normalise(other));

    [Fact]
    public void Half_a_character_is_no_way_to_break_it() => Assert.NotEmpty(ScreenIdentity.Normalise("A\ud83e B"));

    private static Stay Guest(string name) => new("1", null, null, null, name, Room.Main, Five, null);

    private static KnownSeat Seat(string firstName, string screenName) => new(
        Guid.CreateVersion7(Five), SeatKind.Child, Guid.CreateVersion7(Five), new HashSet<string> { $"seat-{screenName}", $"former-{screenName}" }, IsTaken: true,
        new HashSet<string> { ScreenIdentity.Normalise(firstName), ScreenIdentity.Normalise(screenName) });

    private static ClassPeople People(params RememberedMatch[] matches) => new()
    {
        Seats = [Maya, Leo],
        StaffZoomIds = new HashSet<string> { "host" },
        Matches = matches.ToDictionary(m => m.ScreenKey),
    };

    private static RememberedMatch Match(string key, Guid? seatId, SeatKind kind) => new()
    {
        Id = Guid.CreateVersion7(Five),
        OrganisationId = Guid.Empty,
        SeriesId = Guid.Empty,
        ScreenKey = key,
        SeatId = seatId,
        Kind = kind,
        DecidedBy = Guid.Empty,
        DecidedAt = Five,
    };
}
