/** Bundles the examples that use npm packages, where their sources or packages are newer than what was built. */
export function buildExamples(): Promise<void>
