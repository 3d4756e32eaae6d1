/** What the seller's `/v1/models` says. */
export const sellerModels = {
  object: 'list',
  data: [
    { id: 'lab/writer', object: 'model', created: 1_750_000_000, owned_by: 'lab', context_length: 32_768 },
    { id: 'lab/writer-mini', object: 'model', created: 1_750_000_000, owned_by: 'lab', context_length: 8192 },
    { id: 'ambient/large', object: 'model', created: 1_750_000_000, owned_by: 'lab' },
  ],
}
