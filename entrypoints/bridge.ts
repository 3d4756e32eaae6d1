import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startBridge } from '../src/page/bridge/start-bridge.ts'
import { bridgeRuntime } from '../src/platform/page-bridge-runtime.ts'

export default defineUnlistedScript(() => startBridge(bridgeRuntime))
