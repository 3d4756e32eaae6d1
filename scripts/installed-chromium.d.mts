/** Path of a Chromium that is installed, by the usual names and places; null where there is none. */
export function searchChromium(): string | null
