"""What an attack or the coming days may bring: battles and campaigns fought ahead."""
