namespace SessionGuard.Tests.ZoomSandbox;

public sealed class UrlValidationTests : DeliveryTest
{
    [Fact]
    public async Task Address_is_validated_at_the_start_and_every_72_hours()
    {
        Assert.Single(Receiver.Validations);

        Clock.Advance(TimeSpan.FromHours(72));
        await Zoom.Deliveries.DrainAsync(Soon);

        Assert.Equal(2, Receiver.Validations.Count);
        Assert.NotEmpty(Receiver.Validations[0].Headers["x-zm-signature"].ToString());
        Assert.True(await Zoom.Deliveries.SendUrlValidationAsync());
    }

    [Fact]
    public async Task Six_failed_validations_in_a_row_switch_the_subscription_off()
    {
        Receiver.AnswersValidation = false;
        for (var i = 0; i < 6; i++)
        {
            Assert.True(Zoom.Deliveries.SubscriptionEnabled);
            Clock.Advance(TimeSpan.FromHours(72));
            await Zoom.Deliveries.DrainAsync(Soon);
        }

        Zoom.Schedule(Teacher, TapClass with { Start = Clock.GetUtcNow().AddHours(1) });
        await Zoom.Deliveries.SettleAsync(Soon);

        Assert.False(Zoom.Deliveries.SubscriptionEnabled);
        Assert.Equal(3, Zoom.Deliveries.OwnerNotices.Count);
        Assert.Empty(Receiver.Events);

        Zoom.Deliveries.EnableSubscription();
        Zoom.Deliveries.Repeat("meeting.created");
        await Zoom.Deliveries.DrainAsync(Soon);
        Assert.Single(Receiver.Events);
    }
}
