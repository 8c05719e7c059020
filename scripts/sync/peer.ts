/** Custom metadata record that says which org this one is in step with. */
export const PEER = 'Peer';
