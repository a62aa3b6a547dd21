using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Endpoint;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class ArrivalIdsTests
{
    private readonly ArrivalIds _ids = new();

    [Fact]
    public void Ids_of_one_millisecond_sort_as_they_were_given_out_and_before_those_of_a_later_one()
    {
        var ids = Enumerable.Range(0, 5_000).Select(_ => _ids.Next(App.Noon)).ToList();
        ids.Add(_ids.Next(App.Noon.AddMilliseconds(2)));

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((7, 0b1000), (id.Version, id.Variant & 0b1100)));
    }

    [Fact]
    public async Task Ids_given_out_at_once_are_all_different()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 2_000).Select(_ => _ids.Next(App.Noon)).ToList())));

        Assert.All(ids, own => Assert.Equal(own.Order(), own));
        Assert.Equal(16_000, ids.SelectMany(own => own).Select(id => id.ToString()[..18]).Distinct().Count());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(-999, true)]
    [InlineData(-1_002, false)]
    public void A_clock_set_back_a_little_changes_no_order_and_one_set_back_far_is_followed(int milliseconds, bool keepsOrder)
    {
        var before = _ids.Next(App.Noon);
        var after = _ids.Next(App.Noon.AddMilliseconds(milliseconds));

        Assert.Equal(keepsOrder, before.CompareTo(after) < 0);
    }
}
