namespace Backprop.Exporting;

// Recurrent cells, each over all time steps.
internal static partial class NumPyFunctions
{
    private static Function[] Recurrence =>
    [
        new("rnn", """"
            def rnn(x, input_weight, recurrent_weight, bias=0, f=np.tanh):
                """x [N, T, D]: the states of all time steps, [N, T, H]."""
                h = np.zeros((len(x), len(recurrent_weight)))
                states = []
                for t in range(x.shape[1]):
                    h = f(x[:, t] @ input_weight + h @ recurrent_weight + bias)
                    states.append(h)
                return np.stack(states, axis=1)
            """"),
        new("lstm", """"
            def lstm(x, input_weight, recurrent_weight, bias=0):
                """x [N, T, D]: the states of all time steps, [N, T, H]. The weights hold the columns of four gates side by side."""
                h = c = np.zeros((len(x), len(recurrent_weight)))
                states = []
                for t in range(x.shape[1]):
                    i, f, g, o = np.split(x[:, t] @ input_weight + h @ recurrent_weight + bias, 4, axis=1)
                    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
                    h = sigmoid(o) * np.tanh(c)
                    states.append(h)
                return np.stack(states, axis=1)
            """", "sigmoid"),
        new("gru", """"
            def gru(x, input_weight, recurrent_weight, bias=0, recurrent_bias=0):
                """x [N, T, D]: the states of all time steps, [N, T, H]. The weights hold the columns of reset, update and new side by side."""
                h = np.zeros((len(x), len(recurrent_weight)))
                states = []
                for t in range(x.shape[1]):
                    read_r, read_z, read_n = np.split(x[:, t] @ input_weight + bias, 3, axis=1)
                    kept_r, kept_z, kept_n = np.split(h @ recurrent_weight + recurrent_bias, 3, axis=1)
                    r, z = sigmoid(read_r + kept_r), sigmoid(read_z + kept_z)
                    h = (1 - z) * np.tanh(read_n + r * kept_n) + z * h
                    states.append(h)
                return np.stack(states, axis=1)
            """", "sigmoid"),
    ];
}
