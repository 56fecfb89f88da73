using System.Collections.Concurrent;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class WorkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Parts that run any code.</summary>
    private readonly struct Parts(Action<int, int> run) : IParts
    {
        public void Run(int part, int worker) => run(part, worker);
    }

    /// <summary>Parts that allocate nothing.</summary>
    private readonly struct Counts(int[] counts) : IParts
    {
        public void Run(int part, int worker) => Interlocked.Increment(ref counts[part]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(1000)]
    public void Every_part_is_done_once(int threads)
    {
        foreach (int parts in new[] { 0, 1, 2, 3, 7, 1000 })
        {
            int[] counts = new int[parts];
            WorkPool.Shared.Run(new Counts(counts), parts, threads);
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Without_helpers_the_caller_does_everything_itself()
    {
        var pool = new WorkPool(0);
        var threads = new ConcurrentBag<int>();
        pool.Run(new Parts((_, _) => threads.Add(Environment.CurrentManagedThreadId)), 100, 8);
        Assert.Equal(100, threads.Count);
        Assert.All(threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
        Assert.Equal(0, pool.Helpers);
    }

    [Fact]
    public async Task The_caller_finishes_alone_when_every_helper_is_held_up_elsewhere()
    {
        var pool = new WorkPool(1);
        using CountdownEvent busy = new(2);
        using ManualResetEventSlim free = new();
        var other = Task.Factory.StartNew(() => pool.Run(new Parts((_, _) =>
        {
            busy.Signal();
            free.Wait();
        }), 2, 2), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(busy.Wait(Patience, TestContext.Current.CancellationToken));
        var threads = new ConcurrentBag<int>();
        pool.Run(new Parts((_, _) => threads.Add(Environment.CurrentManagedThreadId)), 50, 2);
        free.Set();
        await other;
        Assert.Equal(50, threads.Count);
        Assert.Single(threads.Distinct());
        Assert.Equal(1, pool.Helpers);
    }

    [Fact]
    public void Helpers_come_and_workers_have_numbers_of_their_own()
    {
        const int threads = 4;
        var pool = new WorkPool(threads - 1);
        using Barrier all = new(threads);
        var numbers = new ConcurrentBag<int>();
        // Each part waits for three others, so that four threads are needed to finish one.
        pool.Run(new Parts((_, worker) =>
        {
            numbers.Add(worker);
            Assert.True(all.SignalAndWait(Patience));
        }), threads, threads);
        Assert.Equal([0, 1, 2, 3], numbers.Order());
        Assert.Equal(threads - 1, pool.Helpers);
    }

    [Fact]
    public void No_two_workers_of_one_number_are_busy_at_a_time()
    {
        const int threads = 5;
        int[] busy = new int[threads];
        for (int round = 0; round < 200; round++)
            WorkPool.Shared.Run(new Parts((_, worker) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref busy[worker]));
                Thread.SpinWait(20);
                Interlocked.Decrement(ref busy[worker]);
            }), 40, threads);
    }

    [Fact]
    public void What_a_helper_throws_reaches_the_caller_and_the_pool_goes_on()
    {
        var pool = new WorkPool(1);
        int caller = Environment.CurrentManagedThreadId;
        using ManualResetEventSlim thrown = new();
        var exception = Assert.Throws<InvalidOperationException>(() => pool.Run(new Parts((_, _) =>
        {
            if (Environment.CurrentManagedThreadId == caller) Assert.True(thrown.Wait(Patience));
            else
            {
                thrown.Set();
                throw new InvalidOperationException("from a helper");
            }
        }), 2, 2));
        Assert.Equal("from a helper", exception.Message);
        int[] counts = new int[100];
        pool.Run(new Counts(counts), 100, 2);
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void What_the_caller_throws_leaves_out_what_has_not_begun()
    {
        var pool = new WorkPool(0);
        int done = 0;
        Assert.Throws<InvalidOperationException>(() => pool.Run(new Parts((part, _) =>
        {
            if (part == 3) throw new InvalidOperationException();
            done++;
        }), 100, 1));
        Assert.Equal(3, done);
        Assert.Throws<InvalidOperationException>(() => WorkPool.Shared.Run(new Parts((_, _) => throw new InvalidOperationException()), 100, 4));
    }

    [Fact]
    public async Task Callers_at_the_same_time_do_not_disturb_each_other()
    {
        var callers = Enumerable.Range(0, 20).Select(caller => Task.Factory.StartNew(() =>
        {
            int[] counts = new int[30 + caller];
            for (int round = 1; round <= 200; round++)
            {
                WorkPool.Shared.Run(new Counts(counts), counts.Length, 2 + caller % 4);
                Assert.All(counts, count => Assert.Equal(round, count));
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(callers);
    }

    [Fact]
    public void A_part_may_share_work_itself()
    {
        int[] counts = new int[100];
        WorkPool.Shared.Run(new Parts((part, _) => WorkPool.Shared.Run(new Parts((inner, _) =>
            Interlocked.Increment(ref counts[part * 10 + inner])), 10, 3)), 10, 3);
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Small_work_is_not_shared_and_large_work_is()
    {
        Assert.Equal(1, new Work(8).ForElements(65_535));
        Assert.Equal(2, new Work(8).ForElements(65_536));
        Assert.Equal(8, new Work(8).ForElements(1 << 20));
        Assert.Equal(1, new Work(8).ForProducts((1 << 21) - 1));
        Assert.Equal(2, new Work(8).ForProducts(1 << 21));
        Assert.Equal(1, default(Work).ForProducts(long.MaxValue));
        Assert.Equal(64, new Work(1000).ForProducts(long.MaxValue));
    }

    [Fact]
    public void Pieces_are_whole_cache_lines_and_reach_the_end()
    {
        for (int n = 1; n < 2000; n += 7)
            for (int threads = 1; threads <= 8; threads++)
            {
                int length = Work.PieceLength(n, threads);
                Assert.Equal(0, length % 64);
                Assert.InRange((n + length - 1) / length, 1, 4 * threads);
            }
    }
}
