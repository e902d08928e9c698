"""How people of the desk come in, and stay: log-ins, devices, and second factors."""
