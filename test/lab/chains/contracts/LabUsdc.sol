// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// A stand-in for Circle's USDC: ERC-20 with EIP-3009. Its runtime code is copied to the real address, so
/// everything it needs is in code, and the balances are written into storage slot 0.
abstract contract LabUsdc is ERC3009 {
    constructor(string memory name_) ERC20("", "") EIP712(name_, "2") {}

    function symbol() public pure override returns (string memory) {
        return "USDC";
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function version() external pure returns (string memory) {
        return "2";
    }

    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }
}

contract BaseUsdc is LabUsdc("USD Coin") {
    function name() public pure override returns (string memory) {
        return "USD Coin";
    }
}

contract SepoliaUsdc is LabUsdc("USDC") {
    function name() public pure override returns (string memory) {
        return "USDC";
    }
}
