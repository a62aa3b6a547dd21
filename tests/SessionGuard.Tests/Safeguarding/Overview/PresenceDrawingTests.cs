using SessionGuard.Safeguarding.Overview;

namespace SessionGuard.Tests.Safeguarding.Overview;

public sealed class PresenceDrawingTests
{
    [Fact]
    public void The_drawing_covers_the_plan_and_everybody_in_it()
    {
        var maya = ClassOf.Child("Maya");
        var drawing = Seen.Draw(ClassOf.Children(maya), [ClassOf.Teacher(-10, 70), maya.At(Whereabouts.Room, 0, 60)], ClassOf.Five);

        Assert.Equal((ClassOf.Five.AddMinutes(-15), ClassOf.Five.AddMinutes(75)), (drawing.From, drawing.To));
        Assert.Equal(["Alex", "Maya"], drawing.Lanes.Select(l => l.Title));
        Assert.Equal(0, drawing.At(drawing.From));
        Assert.Equal(100, drawing.At(drawing.To.AddHours(1)));
        Assert.Equal(50, drawing.At(ClassOf.Five.AddMinutes(30)), 6);
    }

    [Fact]
    public void Whoever_is_still_there_is_drawn_until_now()
    {
        var maya = ClassOf.Child("Maya");
        var drawing = Seen.Draw(ClassOf.Children(maya), [maya.At(Whereabouts.Room, 0)], ClassOf.Five.AddMinutes(20));

        Assert.Equal(ClassOf.Five.AddMinutes(20), Assert.Single(Assert.Single(drawing.Lanes).Bars).To);
    }

    [Fact]
    public void A_rejoin_stands_on_the_same_line_and_strangers_at_the_foot()
    {
        var maya = ClassOf.Child("Maya");
        var drawing = Seen.Draw(
            ClassOf.Children(maya), [ClassOf.Stranger("A", Whereabouts.Room, 1, 2), maya.At(Whereabouts.Room, 0, 5), maya.At(Whereabouts.Room, 6, 60)], ClassOf.Five);

        Assert.Equal([("Maya", 2), ("A", 1)], drawing.Lanes.Select(l => (l.Title, l.Bars.Count)));
    }

    [Fact]
    public void Times_stand_at_full_quarters()
    {
        var drawing = PresenceDrawing.CreateDrawing(ClassOf.Five, ClassOf.Five.AddHours(1), []);

        Assert.Equal(["17:00", "17:15", "17:30", "17:45", "18:00"], drawing.Ticks().Select(t => t.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
