using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Surfaces.Live;
using SessionGuard.Tests.Safeguarding.Overview;

namespace SessionGuard.Tests.Surfaces.Live;

public sealed class LiveBoardTests
{
    [Fact]
    public void Each_child_is_where_they_are_now()
    {
        var (maya, leo, aisha, ben, zoe) = (ClassOf.Child("Maya"), ClassOf.Child("Leo"), ClassOf.Child("Aisha"), ClassOf.Child("Ben"), ClassOf.Child("Zoe", AnswerKind.CannotCome));
        var board = LiveBoard.CreateBoard(ClassOf.Children(maya, leo, aisha, ben, zoe),
        [
            ClassOf.Teacher(-2),
            maya.At(Whereabouts.WaitingRoom, -3, -1), maya.At(Whereabouts.Room, -1),
            leo.At(Whereabouts.WaitingRoom, 2),
            aisha.At(Whereabouts.Room, 0, 9),
        ]);

        Assert.Equal(
            [("Leo", LivePlace.Waiting), ("Maya", LivePlace.InClass), ("Aisha", LivePlace.Left), ("Ben", LivePlace.Expected), ("Zoe", LivePlace.NotComing)],
            board.Children.Select(c => (c.Row.Name, c.Place)));
        Assert.Equal((1, 1, 4, 0, true), (board.In, board.Waiting, board.Expected, board.AdultsHere, board.HasStaff));
        Assert.Equal(ClassOf.Five.AddMinutes(-1), board.Children[1].Since);
    }

    [Fact]
    public void A_child_who_rejoined_is_in_the_class_although_an_older_connection_left_later()
    {
        var maya = ClassOf.Child("Maya");
        var board = LiveBoard.CreateBoard(ClassOf.Children(maya), [maya.At(Whereabouts.Room, 5), maya.At(Whereabouts.Room, 0, 6)]);

        Assert.Equal(LivePlace.InClass, Assert.Single(board.Children).Place);
    }

    [Fact]
    public void Siblings_on_one_screen_come_together()
    {
        var maya = ClassOf.Child("Maya").WithCheckIn();
        var leo = ClassOf.Child("Leo").WithCheckIn(onSeatOf: maya);
        var board = LiveBoard.CreateBoard(ClassOf.Children(maya, leo), [maya.At(Whereabouts.Room, 0)]);

        Assert.All(board.Children, c => Assert.Equal(LivePlace.InClass, c.Place));
        Assert.Equal(2, board.AdultsHere);
    }

    [Fact]
    public void Somebody_unknown_is_listed_once_while_they_are_there()
    {
        var board = LiveBoard.CreateBoard(ClassOf.Children(ClassOf.Child("Maya")),
        [
            ClassOf.Stranger("iPad", Whereabouts.WaitingRoom, 1),
            ClassOf.Stranger("iPad", Whereabouts.WaitingRoom, 3),
            ClassOf.Stranger("gone", Whereabouts.Room, 0, 4),
        ]);

        Assert.Equal(ClassOf.Five.AddMinutes(3), Assert.Single(board.Strangers).Join);
        Assert.False(board.HasStaff);
    }

    [Fact]
    public void A_teachers_no_outweighs_a_check_in()
    {
        var maya = ClassOf.Child("Maya").WithCheckIn().WithAttested(AttestedFact.AdultIsNotThere);

        Assert.Equal(("Adult not there", true), (maya.Mark.Word, maya.Mark.IsUrgent));
        Assert.Equal(0, LiveBoard.CreateBoard(ClassOf.Children(maya), [maya.At(Whereabouts.Room, 0)]).AdultsHere);
    }
}
