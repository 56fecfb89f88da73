namespace Backprop.Randomness;

/// <summary>Draws that every <see cref="Random"/> can make: normally distributed numbers and orders.</summary>
public static class RandomDraws
{
    extension(Random random)
    {
        /// <summary>A number from the normal distribution with mean 0 and deviation 1, by the polar method.</summary>
        /// <remarks>Each call makes two. <see cref="SeededRandom"/> and <see cref="NumPyRandom"/> keep the second one for the next call,
        /// any other generator forgets it.</remarks>
        public double NextGaussian()
        {
            ArgumentNullException.ThrowIfNull(random);
            return random switch
            {
                SeededRandom seeded => seeded.NextGaussian(),
                NumPyRandom numPy => numPy.NextGaussian(),
                _ => default(PolarGaussian).Next(random),
            };
        }

        /// <summary>Brings values into a random order, every order equally likely.</summary>
        /// <remarks>
        /// From the end: the last one changes places with one drawn from all, and so on; with <see cref="NumPyRandom"/> this is
        /// <c>numpy.random.shuffle</c>. Unlike <see cref="Random.Shuffle{T}(Span{T})"/> it draws the same in every .NET version.
        /// Source: Knuth, The Art of Computer Programming 2, §3.4.2, algorithm P.
        /// </remarks>
        public void Permute<T>(Span<T> values)
        {
            ArgumentNullException.ThrowIfNull(random);
            for (int i = values.Length - 1; i > 0; i--)
            {
                int k = random.Next(i + 1);
                (values[i], values[k]) = (values[k], values[i]);
            }
        }

        /// <summary>The numbers from 0 to <paramref name="count"/> − 1 in a random order; see Permute.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
        public int[] Permutation(int count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            int[] order = [.. Enumerable.Range(0, count)];
            random.Permute<int>(order);
            return order;
        }
    }
}
