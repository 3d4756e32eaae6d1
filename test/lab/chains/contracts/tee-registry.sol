// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @notice Stand-in for OpenGradient's registry of enclaves. The reading half answers like the deployed one;
///         `register` and `setActive` take the place of attestation and of its operators, and anybody may call them.
contract TEERegistry {
    struct TEEInfo {
        address owner;
        address paymentAddress;
        string endpoint;
        bytes publicKey;
        bytes tlsCertificate;
        bytes32 pcrHash;
        uint8 teeType;
        bool enabled;
        uint256 registeredAt;
        uint256 lastHeartbeatAt;
    }

    event TEERegistered(bytes32 indexed teeId, address indexed owner, uint8 teeType);
    event TEEEnabled(bytes32 indexed teeId);
    event TEEDisabled(bytes32 indexed teeId);

    error TEENotFound();

    mapping(bytes32 => TEEInfo) private tees;
    bytes32[] private ids;

    /// @param publicKey DER SubjectPublicKeyInfo of the enclave's RSA key; its keccak256 is the id.
    function register(bytes calldata publicKey, string calldata endpoint, uint8 teeType)
        external
        returns (bytes32 teeId)
    {
        teeId = keccak256(publicKey);
        TEEInfo storage tee = tees[teeId];
        if (tee.registeredAt == 0) ids.push(teeId);
        tee.owner = msg.sender;
        tee.paymentAddress = msg.sender;
        tee.endpoint = endpoint;
        tee.publicKey = publicKey;
        tee.teeType = teeType;
        tee.enabled = true;
        tee.registeredAt = block.timestamp;
        tee.lastHeartbeatAt = block.timestamp;
        emit TEERegistered(teeId, msg.sender, teeType);
    }

    function setActive(bytes32 teeId, bool active) external {
        if (tees[teeId].registeredAt == 0) revert TEENotFound();
        tees[teeId].enabled = active;
        if (active) emit TEEEnabled(teeId);
        else emit TEEDisabled(teeId);
    }

    function getTEE(bytes32 teeId) external view returns (TEEInfo memory) {
        if (tees[teeId].registeredAt == 0) revert TEENotFound();
        return tees[teeId];
    }

    function isTEEActive(bytes32 teeId) external view returns (bool) {
        return tees[teeId].enabled;
    }

    function getActiveTEEs(uint8 teeType) external view returns (TEEInfo[] memory active) {
        uint256 count = 0;
        for (uint256 i = 0; i < ids.length; i++) {
            if (tees[ids[i]].enabled && tees[ids[i]].teeType == teeType) count++;
        }
        active = new TEEInfo[](count);
        uint256 at = 0;
        for (uint256 i = 0; i < ids.length; i++) {
            TEEInfo storage tee = tees[ids[i]];
            if (tee.enabled && tee.teeType == teeType) active[at++] = tee;
        }
    }
}
