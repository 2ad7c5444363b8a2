prepare_() { mkdir -p /run/app; ip addr; }
