import getpass
import os
import ssl

import greeting

greeting.sys.argv = ['app.py', os.environ['GREETING'], getpass.getuser(), str(len(ssl.create_default_context().get_ca_certs()) > 50)]
greeting.main()
