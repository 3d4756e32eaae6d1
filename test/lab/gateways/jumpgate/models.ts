/** Ambient's public catalogue. Its prices are not JumpGate's: those come from a quote. */
export const jumpgateModels = {
  object: 'list',
  data: [
    {
      id: 'ambient/large',
      object: 'model',
      owned_by: 'ambient',
      context_length: 202_752,
      max_output_length: 131_072,
      pricing: { prompt: '0.00000035', completion: '0.00000171' },
    },
    {
      id: 'ambient/mini',
      object: 'model',
      owned_by: 'ambient',
      context_length: 131_072,
      max_output_length: 32_768,
      pricing: { prompt: '0.00000010', completion: '0.00000040' },
    },
  ],
}
