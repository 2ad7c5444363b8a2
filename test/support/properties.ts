import fc from 'fast-check';

// One seed, so that what passes here passes everywhere; WHITTLE_SEED tries another one.
fc.configureGlobal({ seed: Number(process.env['WHITTLE_SEED'] ?? 1) });

export default fc;
