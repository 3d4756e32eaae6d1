/**
 * Bytes of a file that one message carries, as base64: a whole file may be more than the 64 MiB that Chromium lets through
 * at a time. A multiple of 3, so that parts can be encoded one by one.
 */
export const FILE_PART_BYTES = 6 * 1024 * 1024
