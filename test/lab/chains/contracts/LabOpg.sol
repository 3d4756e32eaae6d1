// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// A stand-in for OpenGradient's token: a plain ERC-20 with 18 decimals and no permit, so that Permit2 needs an
/// approval. Balances are written into storage slot 0, allowances lie in slot 1.
contract LabOpg is ERC20 {
    constructor() ERC20("", "") {}

    function name() public pure override returns (string memory) {
        return "OpenGradient";
    }

    function symbol() public pure override returns (string memory) {
        return "OPG";
    }
}
