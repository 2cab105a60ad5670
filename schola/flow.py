FLOW = []
