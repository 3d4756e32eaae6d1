import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { providePart } from '../src/platform/parts.ts'
import { walletTools } from '../src/wallet/wallet-tools.ts'

export default defineUnlistedScript(() => providePart('keys', { walletTools }))
