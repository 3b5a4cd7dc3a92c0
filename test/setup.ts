import * as fc from 'fast-check';

// The same inputs on every run, so that a change is judged by itself; other ones with FAST_CHECK_SEED.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
