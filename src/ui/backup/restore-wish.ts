/** What the person chose before restoring. */
export interface RestoreWish {
  readonly replaceWallet: boolean
  readonly servers: boolean
  readonly settings: 'file' | 'here'
}
